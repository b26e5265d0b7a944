"""What no room owns: structure, journeys in a browser, controls, load."""
