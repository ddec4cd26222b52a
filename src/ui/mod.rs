//! The design kit; knows no domain, calls no server.
