"""Files of answers: a writer for each format, and a file that is written whole or not at all."""
