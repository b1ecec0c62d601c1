"""The verbs on people: rules over the ports; no SQL, no Qt."""
