using System.Collections.Frozen;

namespace Crisp.Daemon.Configuration;

/// <summary>
/// Keys of cri-o 1.36 that crisp reads past: the warning then says that crisp does not act on them, instead of
/// suspecting a typing error.
/// </summary>
internal static class CriOKeys
{
    private static readonly FrozenSet<string> Known = Expand(
        ("crio", """
            imagestore storage_driver storage_option version_file version_file_persist
            internal_wipe internal_repair clean_shutdown_file
            """),
        ("crio.api", """
            tls_cipher_suites grpc_max_send_msg_size grpc_max_recv_msg_size
            """),
        ("crio.runtime", """
            decryption_keys_path additional_artifact_stores conmon conmon_env
            min_injected_gomaxprocs
            blockio_config_file blockio_reload rdt_config_file irqbalance_config_file irqbalance_config_restore_file
            separate_pull_cgroup add_inheritable_capabilities
            log_to_journald
            container_exits_dir container_attach_socket_dir bind_mount_prefix log_filter uid_mappings
            gid_mappings minimum_mappable_uid minimum_mappable_gid drop_infra_ctr infra_ctr_cpuset shared_cpuset
            pinns_path
            timezone workloads
            """),
        (HandlerKeys.TablePrefix, """
            inherit_default_runtime runtime_config_path monitor_path monitor_exec_cgroup monitor_env
            default_annotations platform_runtime_paths no_sync_log stream_websockets runtime_pull_image exec_cpu_affinity
            """),
        ("crio.image", """
            default_transport global_auth_file namespaced_auth_dir pause_image pause_image_auth_file pause_command
            signature_policy
            signature_policy_dir big_files_temporary_dir auto_reload_registries pull_progress_timeout
            short_name_mode oci_artifact_mount_support registries
            """),
        ("crio.network", "cni_status_grace_period plugin_dir"),
        ("crio.metrics", """
            enable_metrics metrics_host metrics_port metrics_socket metrics_cert metrics_key metrics_collectors
            """),
        ("crio.tracing", "enable_tracing tracing_endpoint tracing_sampling_rate_per_million"),
        ("crio.nri", """
            enable_nri nri_listen nri_plugin_dir nri_plugin_config_dir nri_disable_connections
            nri_plugin_registration_timeout nri_plugin_request_timeout default_validator
            """),
        ("crio.stats", "stats_collection_period collection_period"));

    public static IEnumerable<(string Table, string Key)> All => Known.Select(name =>
        (name[..name.LastIndexOf('.')], name[(name.LastIndexOf('.') + 1)..]));

    public static bool Contains(string table, string key) => Known.Contains($"{table}.{key}");

    /// <summary>The names of those in a table.</summary>
    public static IEnumerable<string> Of(string table) => Known
        .Where(name => name.StartsWith(table + ".", StringComparison.Ordinal) && name.LastIndexOf('.') == table.Length)
        .Select(name => name[(table.Length + 1)..]);

    private static FrozenSet<string> Expand(params ReadOnlySpan<(string Table, string Keys)> tables)
    {
        var known = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (table, keys) in tables)
        {
            foreach (var key in keys.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
                known.Add($"{table}.{key}");
        }
        return known.ToFrozenSet(StringComparer.Ordinal);
    }
}
