using System.Runtime.InteropServices;
using Crisp.Linux.Abi;
using Crisp.Linux.Interop;

namespace Crisp.Linux;

/// <summary>The attributes and file actions of one posix_spawn(3), made from a <see cref="SpawnRequest"/>.</summary>
internal sealed unsafe class SpawnPlan : IDisposable
{
    private readonly byte* _attributes;
    private readonly byte* _actions;
    private readonly List<FileDescriptor> _moved = [];

    internal SpawnPlan(SpawnRequest request)
    {
        _attributes = (byte*)NativeMemory.AllocZeroed(SpawnLayout.AttributesSize);
        _actions = (byte*)NativeMemory.AllocZeroed(SpawnLayout.FileActionsSize);
        Check(Libc.posix_spawnattr_init(_attributes), "posix_spawnattr_init");
        Check(Libc.posix_spawn_file_actions_init(_actions), "posix_spawn_file_actions_init");
        SetAttributes(request);
        SetActions(request);
    }

    internal int Spawn(SpawnRequest request)
    {
        using var arguments = new NativeStrings(request.Program, request.Arguments);
        using var environment = new NativeStrings(null, request.Environment);
        var error = TrySpawn(request.Executable ?? request.Program, arguments, environment, out var pid);
        if (error != Errno.None && request.Executable is not null)
            error = TrySpawn(request.Program, arguments, environment, out pid);
        return error == Errno.None ? pid : throw new SyscallException("posix_spawn", error, request.Program);
    }

    public void Dispose()
    {
        _ = Libc.posix_spawn_file_actions_destroy(_actions);
        _ = Libc.posix_spawnattr_destroy(_attributes);
        NativeMemory.Free(_actions);
        NativeMemory.Free(_attributes);
        foreach (FileDescriptor moved in _moved)
            moved.Dispose();
    }

    private Errno TrySpawn(string path, NativeStrings arguments, NativeStrings environment, out int pid)
    {
        int started;
        fixed (byte* file = NulTerminated(path))
        {
            var error = Libc.posix_spawn(
                &started, file, _actions, _attributes, arguments.Pointers, environment.Pointers);
            pid = started;
            return (Errno)error;
        }
    }

    private void SetAttributes(SpawnRequest request)
    {
        byte* signals = stackalloc byte[SpawnLayout.SignalSetSize];
        SignalSet.Fill(new Span<byte>(signals, SpawnLayout.SignalSetSize), request.BlockedSignals);
        Check(Libc.posix_spawnattr_setsigmask(_attributes, signals), "posix_spawnattr_setsigmask");
        new Span<byte>(signals, SpawnLayout.SignalSetSize).Fill(0xff);
        Check(Libc.posix_spawnattr_setsigdefault(_attributes, signals), "posix_spawnattr_setsigdefault");
        short flags = SpawnLayout.SetSignalMask | SpawnLayout.SetSignalDefaults;
        if (request.NewSession)
            flags |= SpawnLayout.SetSession;
        Check(Libc.posix_spawnattr_setflags(_attributes, flags), "posix_spawnattr_setflags");
    }

    private void SetActions(SpawnRequest request)
    {
        int firstFree = 3 + request.Inherited.Count;
        Place(request.Stdin, 0, firstFree);
        Place(request.Stdout, 1, firstFree);
        Place(request.Stderr, 2, firstFree);
        for (int i = 0; i < request.Inherited.Count; i++)
            Place(request.Inherited[i], 3 + i, firstFree);
        Check(Libc.posix_spawn_file_actions_addclosefrom_np(_actions, firstFree), "addclosefrom_np");
        if (request.WorkingDirectory is not { } directory)
            return;
        fixed (byte* path = NulTerminated(directory))
            Check(Libc.posix_spawn_file_actions_addchdir_np(_actions, path), "addchdir_np");
    }

    /// <summary>
    /// Puts a descriptor at its number in the child. One whose own number is a target of another is first moved out
    /// of the way, or an earlier dup2 would overwrite it.
    /// </summary>
    private void Place(FileDescriptor? source, int target, int firstFree)
    {
        if (source is null)
        {
            fixed (byte* path = "/dev/null\0"u8)
                Check(Libc.posix_spawn_file_actions_addopen(_actions, target, path, (int)OpenFlags.ReadWrite, 0),
                    "addopen");
            return;
        }

        FileDescriptor from = source;
        if (source.Number < firstFree)
        {
            from = source.DuplicateFrom(firstFree);
            _moved.Add(from);
        }

        Check(Libc.posix_spawn_file_actions_adddup2(_actions, from.Number, target), "adddup2");
    }

    private static byte[] NulTerminated(string text) => System.Text.Encoding.UTF8.GetBytes(text + "\0");

    private static void Check(int error, string call)
    {
        if (error != 0)
            throw new SyscallException(call, (Errno)error);
    }
}
