"""Walking folders and the pipeline that turns files into faces."""
