"""Words of the field, the questions of the invoerscherm and the lines of the uitvoerscherm."""
