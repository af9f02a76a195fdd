"""The room that is left: the values of one fact with which a clause, a group and the whole set come out each way."""
