"""The door of frames: columns matched, made exact and admitted, or refused with what is wrong."""
