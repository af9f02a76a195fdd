"""The options that several commands share, and the project file that stands for them."""
