// Fields of a fixture are made anew for each test.
[assembly: FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
