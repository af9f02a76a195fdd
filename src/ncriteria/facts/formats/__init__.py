"""The formats that fact tables come in, each made into rows of cells that are not interpreted yet."""
