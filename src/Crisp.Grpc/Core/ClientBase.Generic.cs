namespace Grpc.Core;

/// <summary>Base of a generated client that knows its own type.</summary>
public abstract class ClientBase<T> : ClientBase
    where T : ClientBase<T>
{
    protected ClientBase()
    {
    }

    protected ClientBase(ChannelBase channel)
        : base(channel)
    {
    }

    protected ClientBase(CallInvoker callInvoker)
        : base(callInvoker)
    {
    }

    protected ClientBase(ClientBaseConfiguration configuration)
        : base(configuration)
    {
    }

    /// <summary>The host is the socket's, whatever is said here.</summary>
    public T WithHost(string host) => NewInstance(Configuration);

    protected abstract T NewInstance(ClientBaseConfiguration configuration);
}
