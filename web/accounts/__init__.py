"""Who may use an application that is served beyond this computer: users, their sessions, and the gate before it."""
