namespace Crisp.Pods.Lifecycle;

/// <summary>Gives back what a container that has ended still holds.</summary>
internal interface IContainerRelease
{
    /// <summary>Joins the release that the exit began, or tries again what it could not do.</summary>
    Task ReleaseAsync(Container container);
}
