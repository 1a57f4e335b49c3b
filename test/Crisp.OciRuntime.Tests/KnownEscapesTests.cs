namespace Crisp.OciRuntime.Tests;

public class KnownEscapesTests
{
    [TestCase("1.1.5+ds1", "CVE-2024-21626,CVE-2024-45310,CVE-2025-31133,CVE-2026-119101")]
    [TestCase("1.1.12", "CVE-2024-45310,CVE-2025-31133,CVE-2026-119101")]
    [TestCase("1.1.15", "CVE-2025-31133,CVE-2026-119101")]
    [TestCase("1.2.7", "CVE-2025-31133,CVE-2026-119101")]
    [TestCase("1.2.8", "CVE-2026-119101")]
    [TestCase("1.3.2", "CVE-2025-31133,CVE-2026-119101")]
    [TestCase("1.3.7", "")]
    [TestCase("1.4.0-rc.1", "CVE-2025-31133,CVE-2026-119101")]
    [TestCase("1.4.4", "")]
    [TestCase("1.5.2", "CVE-2026-119101")]
    [TestCase("1.6.0-rc.1", "CVE-2026-119101")]
    [TestCase("1.6.0", "")]
    [TestCase("2.0.0", "")]
    public void Of_AReleaseOfRunc(string version, string expected) => AssertEscapes("runc", version, expected);

    [TestCase("1.8.1", "CVE-2026-88264,CVE-2026-115520")]
    [TestCase("1.14.4.0.0.0.5-ab12", "CVE-2026-88264,CVE-2026-115520")]
    [TestCase("1.30", "CVE-2026-115520")]
    [TestCase("1.31", "")]
    [TestCase("1.31.1", "")]
    public void Of_AReleaseOfCrun(string version, string expected) => AssertEscapes("crun", version, expected);

    [TestCase("crun", "1.29.1", true)]
    [TestCase("crun", "1.30", false)]
    [TestCase("runc", "1.1.5+ds1", true)]
    [TestCase("runc", "1.2.8", false)]
    [TestCase("runc", "1.3.2", true)]
    [TestCase("runc", "1.3.3", false)]
    public void FollowsLinksInDev_UntilBothHaveLearntBetter(string program, string version, bool expected) =>
        Assert.That(KnownEscapes.FollowsLinksInDev($"{program} version {version}", version), Is.EqualTo(expected));

    [TestCase("runc", "unknown")]
    [TestCase("youki", "0.1.0")]
    public void Of_WhatNobodyCanCompare_IsNothing(string program, string version) =>
        AssertEscapes(program, version, "");

    [Test]
    public void Of_NamesTheReleasesThatHaveTheFix() =>
        Assert.That(KnownEscapes.Of("runc version 1.2.7", "1.2.7")[0],
            Is.EqualTo("CVE-2025-31133, CVE-2025-52565, CVE-2025-52881 (fixed in 1.2.8, 1.3.3, 1.4.0)"));

    private static void AssertEscapes(string program, string version, string expected) => Assert.That(
        KnownEscapes.Of($"{program} version {version}\nspec: 1.0.2", version).Select(line => line.Split(',', ' ')[0]),
        Is.EqualTo(expected.Split(',', StringSplitOptions.RemoveEmptyEntries)));
}
