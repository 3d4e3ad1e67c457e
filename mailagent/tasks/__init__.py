"""The work that the agent takes over: one module per task, each exporting TASK. All pure."""
