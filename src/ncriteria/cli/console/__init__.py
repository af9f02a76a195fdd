"""The terminal itself: its width and colours, standard output, and bars that show progress."""
