"""The administrator's side: people, teams, invitations, looks and figures of an organisation; never a message."""
