"""The catalogue of kengetallen: every number of the model with its source."""
