// Formulas, equations and conditions of a spec, read by the plain reader: the only file here that knows the reader.

