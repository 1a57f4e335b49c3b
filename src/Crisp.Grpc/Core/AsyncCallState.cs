namespace Grpc.Core;

/// <summary>What every kind of running client call offers, as the functions its transport gave it.</summary>
internal readonly record struct AsyncCallState(
    Task<Metadata> ResponseHeaders,
    Func<Status> GetStatus,
    Func<Metadata> GetTrailers,
    Action Dispose);
