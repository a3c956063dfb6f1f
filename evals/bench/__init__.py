"""What the suites measure with: services, workers and workloads."""
