"""The documentation as a site: pages of docs/, and those that are drawn from the code and the shipped sets."""
