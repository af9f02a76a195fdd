"""Which years a set judges, and in which of them its values hold."""
