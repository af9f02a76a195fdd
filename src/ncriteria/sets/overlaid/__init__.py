"""Sets that extend another: the changes that they make, and from which act each clause comes."""
