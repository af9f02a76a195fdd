"""Criteria files on disk, their digest, and the shipped sets as they were read before."""
