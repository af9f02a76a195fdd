"""The engines that compute frames: which of them judge, and what each of them is asked in a way of its own."""
