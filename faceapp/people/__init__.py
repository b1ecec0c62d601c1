"""The verbs on people. Plain functions over the ports; no SQL, no Qt."""
