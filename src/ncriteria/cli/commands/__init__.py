"""The commands, one a module, each loaded only when it is called."""
