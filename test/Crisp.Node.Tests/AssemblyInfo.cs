// Fixtures share the machine: one at a time.
[assembly: NonParallelizable]
[assembly: LevelOfParallelism(1)]
