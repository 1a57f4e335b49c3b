namespace Crisp.Bundle.Contributors;

/// <summary>Numbers for the runtime: names have been resolved, and no runtime is asked to look one up again.</summary>
internal static class ProcessUser
{
    public static Oci.User Build(BundleInput input)
    {
        UserMappings.Of(input.Pod)?.Require(input.User);
        return new Oci.User
        {
            Uid = input.User.Uid,
            Gid = input.User.Gid,
            Umask = ProcessUmask.Build(input),
            AdditionalGids = input.User.AdditionalGids,
        };
    }
}
