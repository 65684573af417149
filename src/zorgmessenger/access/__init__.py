"""Who may do what to what: pure functions over small facts, with no Django and no IO."""
