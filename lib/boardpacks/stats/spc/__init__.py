"""XmR charts by the rules of the NHS England programme Making Data Count."""
