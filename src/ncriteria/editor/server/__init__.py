"""The language server: what an editor asks over its protocol, answered from the files that it has open."""
