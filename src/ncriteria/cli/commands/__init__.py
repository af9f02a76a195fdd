"""The commands, one a module, in folders by what they work on, each loaded only when it is called."""
