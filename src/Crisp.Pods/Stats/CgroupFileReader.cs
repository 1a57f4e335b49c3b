namespace Crisp.Pods.Stats;

/// <summary>
/// The text of a controller's file in one cgroup; null when the controller, the file or the group is not there.
/// </summary>
internal delegate string? CgroupFileReader(string controller, string file);
