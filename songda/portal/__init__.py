"""The roof: settings, addresses, sign-in, homes by role, the enterprise's page, command line, demonstration, stand-ins."""
