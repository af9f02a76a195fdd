"""Forms: workbooks that were made empty for one criteria set, and say so themselves."""
