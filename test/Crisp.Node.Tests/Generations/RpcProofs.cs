using System.Reflection;
using Crisp.Node.Tests.Checkpoints;
using Crisp.Node.Tests.Containers;
using Crisp.Node.Tests.Images;
using Crisp.Node.Tests.Node;
using Crisp.Node.Tests.Observation;
using static Crisp.Node.Tests.Generations.RpcProof;

namespace Crisp.Node.Tests.Generations;

/// <summary>
/// The table of what is shown of each RPC of each generation. <see cref="RpcProofTests"/> holds it against the
/// descriptors. What a request without any field can be refused for is only that it is no message at all.
/// </summary>
public static class RpcProofs
{
    /// <summary>RPCs that package runtime got after 1.5, whose descriptor is the one that is generated here.</summary>
    public static readonly IReadOnlyList<string> AddedToLegacy =
    [
        "RuntimeService/Status", "RuntimeService/ContainerStats", "RuntimeService/ListContainerStats",
        "RuntimeService/UpdateContainerResources", "ImageService/ImageFsInfo",
    ];

    private static readonly string[] s_every = [V1, V1Alpha2, Legacy];
    private static readonly string[] s_v1 = [V1];
    private static readonly string[] s_v1Alpha2 = [V1Alpha2];
    private static readonly string[] s_legacy = [Legacy];

    private static readonly MethodInfo s_noMessage = Test<EveryRpcTests>(
        nameof(EveryRpcTests.Rpc_GivenWhatIsNoMessage_RefusesIt));
    private static readonly MethodInfo s_badPod = Test<GenerationRefusalTests>(
        nameof(GenerationRefusalTests.Pods_ThatAreNotNamedOrNotThere));
    private static readonly MethodInfo s_badContainer = Test<GenerationRefusalTests>(
        nameof(GenerationRefusalTests.Containers_ThatAreNotNamedOrNotThere));
    private static readonly MethodInfo s_badCommand = Test<GenerationRefusalTests>(
        nameof(GenerationRefusalTests.Commands_ThatAreNone));
    private static readonly MethodInfo s_badImage = Test<GenerationRefusalTests>(
        nameof(GenerationRefusalTests.Images_ThatAreNotNamedOrNotThere));
    private static readonly MethodInfo s_emptyList = Test<GenerationRefusalTests>(
        nameof(GenerationRefusalTests.Lists_OfWhatIsNotThere_AreEmpty));
    private static readonly MethodInfo s_abandoned = Test<ListStreamTests>(
        nameof(ListStreamTests.StreamsAbandonedHalfWay_HarmNobody));
    private static readonly MethodInfo s_podLife = Test<GenerationTests>(
        nameof(GenerationTests.Pod_IsReadyWithItsAddress_ThenNotReady_ThenGone));
    private static readonly MethodInfo s_containerLife = Test<GenerationTests>(
        nameof(GenerationTests.Container_RunsToItsExitCode_AndItsLogIsKept));
    private static readonly MethodInfo s_exec = Test<GenerationTests>(
        nameof(GenerationTests.ExecSync_KeepsStreamsApart_AndItsTimeout));
    private static readonly MethodInfo s_image = Test<GenerationTests>(
        nameof(GenerationTests.Image_IsPulledListedAndRemoved));

    public static readonly IReadOnlyList<RpcProof> All =
    [
        new(s_every, "RuntimeService/Version",
            Test<GenerationTests>(nameof(GenerationTests.Version_IsInTheCallersOwnTerms)), s_noMessage),
        new(s_every, "RuntimeService/UpdateRuntimeConfig",
            Test<PodCidrTests>(nameof(PodCidrTests.PodsGetAddressesOfTheRange)),
            Test<PodCidrTests>(nameof(PodCidrTests.NoRange_IsRefused))),

        new(s_every, "RuntimeService/RunPodSandbox", s_podLife, s_badPod),
        new(s_every, "RuntimeService/StopPodSandbox", s_podLife, s_badPod),
        new(s_every, "RuntimeService/RemovePodSandbox", s_podLife, s_badPod),
        new(s_every, "RuntimeService/PodSandboxStatus", s_podLife, s_badPod),
        new(s_every, "RuntimeService/ListPodSandbox", s_podLife, s_emptyList),
        new(s_every, "RuntimeService/PortForward",
            Test<StreamTests>(nameof(StreamTests.PortForward_ReachesAServerInThePod)), s_badPod),

        new(s_every, "RuntimeService/CreateContainer", s_containerLife, s_badContainer),
        new(s_every, "RuntimeService/StartContainer", s_containerLife, s_badContainer),
        new(s_every, "RuntimeService/StopContainer", s_exec, s_badContainer),
        new(s_every, "RuntimeService/RemoveContainer", s_containerLife, s_badContainer),
        new(s_every, "RuntimeService/ContainerStatus", s_containerLife, s_badContainer),
        new(s_every, "RuntimeService/ListContainers", s_containerLife, s_emptyList),
        new(s_every, "RuntimeService/ExecSync", s_exec, s_badCommand),
        new(s_every, "RuntimeService/Exec",
            Test<StreamTests>(nameof(StreamTests.Exec_StreamsBothOutputs_AndTheExitCode)), s_badCommand),
        new(s_every, "RuntimeService/Attach",
            Test<StreamTests>(nameof(StreamTests.Attach_ShowsWhatTheContainerPrints)), s_badContainer),

        new(s_every, "ImageService/ListImages", s_image, s_emptyList),
        new(s_every, "ImageService/ImageStatus", s_image, s_badImage),
        new(s_every, "ImageService/PullImage", s_image, s_badImage),
        new(s_every, "ImageService/RemoveImage", s_image, s_badImage),

        new(s_v1, "RuntimeService/Status",
            Test<VersionAndStatusTests>(
                nameof(VersionAndStatusTests.NetworkReady_FollowsTheConfiguration_WithoutARestart)), s_noMessage),
        new(s_v1Alpha2, "RuntimeService/Status",
            Test<V1Alpha2Tests>(nameof(V1Alpha2Tests.Status_HasBothConditions_AndFollowsTheNetwork)), s_noMessage),
        new(s_legacy, "RuntimeService/Status",
            Test<LaterLayoutTests>(nameof(LaterLayoutTests.Status_FollowsTheNetwork)), s_noMessage),

        new(s_v1, "RuntimeService/UpdateContainerResources",
            Test<UpdateResourcesTests>(nameof(UpdateResourcesTests.Cpu_IsChanged_AndTheRestStays)),
            Test<UpdateResourcesTests>(nameof(UpdateResourcesTests.Nonsense_IsRefused))),
        new(s_v1Alpha2, "RuntimeService/UpdateContainerResources",
            Test<V1Alpha2Tests>(nameof(V1Alpha2Tests.UpdateContainerResources_ChangesTheCgroup)),
            Test<V1Alpha2Tests>(nameof(V1Alpha2Tests.WhatIsUnknown_IsRefused))),
        new(s_legacy, "RuntimeService/UpdateContainerResources",
            Test<LaterLayoutTests>(nameof(LaterLayoutTests.UpdateContainerResources_ChangesTheCgroup)),
            Test<LaterLayoutTests>(nameof(LaterLayoutTests.WhatIsUnknown_IsRefused))),
        new(s_v1, "RuntimeService/UpdatePodSandboxResources",
            Test<UpdateResourcesTests>(nameof(UpdateResourcesTests.Pod_RemembersItsResources_AlsoOverARestart)),
            Test<UpdateResourcesTests>(nameof(UpdateResourcesTests.Pod_Nonsense_IsRefused_AndNothingChanges))),

        new(s_v1, "RuntimeService/ReopenContainerLog",
            Test<LogTests>(nameof(LogTests.Reopen_AfterRotation_LosesAndDoublesNothing)),
            Test<LogTests>(nameof(LogTests.Reopen_OfAContainerThatDoesNotRun_IsRefused))),
        new(s_v1Alpha2, "RuntimeService/ReopenContainerLog",
            Test<V1Alpha2Tests>(nameof(V1Alpha2Tests.ReopenContainerLog_MakesTheFileAnew)),
            Test<V1Alpha2Tests>(nameof(V1Alpha2Tests.WhatIsUnknown_IsRefused))),

        new(s_v1, "RuntimeService/ContainerStats",
            Test<StatsTests>(nameof(StatsTests.WritableLayer_GrowsWithWhatTheContainerWrites)),
            Test<StatsTests>(nameof(StatsTests.UnknownContainer_IsNotFound))),
        new(s_v1Alpha2, "RuntimeService/ContainerStats",
            Test<V1Alpha2Tests>(nameof(V1Alpha2Tests.Stats_AreOfTheContainerThatIsNamed)),
            Test<V1Alpha2Tests>(nameof(V1Alpha2Tests.WhatIsUnknown_IsRefused))),
        new(s_legacy, "RuntimeService/ContainerStats",
            Test<LaterLayoutTests>(nameof(LaterLayoutTests.Stats_AreOfTheContainerThatIsNamed)),
            Test<LaterLayoutTests>(nameof(LaterLayoutTests.WhatIsUnknown_IsRefused))),
        new(s_v1, "RuntimeService/ListContainerStats",
            Test<StatsTests>(nameof(StatsTests.List_FiltersLikeListContainers)), s_noMessage),
        new(s_v1Alpha2, "RuntimeService/ListContainerStats",
            Test<V1Alpha2Tests>(nameof(V1Alpha2Tests.Stats_AreOfTheContainerThatIsNamed)),
            Test<V1Alpha2Tests>(nameof(V1Alpha2Tests.ListsOfStats_OfWhatIsNotThere_AreEmpty))),
        new(s_legacy, "RuntimeService/ListContainerStats",
            Test<LaterLayoutTests>(nameof(LaterLayoutTests.Stats_AreOfTheContainerThatIsNamed)), s_noMessage),
        new(s_v1, "RuntimeService/StreamContainerStats",
            Test<PodStatsTests>(nameof(PodStatsTests.StreamContainerStats_HasEachRunningContainerOnce)), s_abandoned),

        new(s_v1, "RuntimeService/PodSandboxStats",
            Test<PodStatsTests>(nameof(PodStatsTests.Cpu_OfAContainerThatBurns_IsItsCgroups)),
            Test<PodStatsTests>(nameof(PodStatsTests.UnknownPod_IsNotFound))),
        new(s_v1Alpha2, "RuntimeService/PodSandboxStats",
            Test<V1Alpha2Tests>(nameof(V1Alpha2Tests.PodStats_AreOfThePodThatIsNamed)),
            Test<V1Alpha2Tests>(nameof(V1Alpha2Tests.WhatIsUnknown_IsRefused))),
        new(s_v1, "RuntimeService/ListPodSandboxStats",
            Test<PodStatsTests>(nameof(PodStatsTests.ListAndStream_FilterAlike)), s_noMessage),
        new(s_v1Alpha2, "RuntimeService/ListPodSandboxStats",
            Test<V1Alpha2Tests>(nameof(V1Alpha2Tests.PodStats_AreOfThePodThatIsNamed)),
            Test<V1Alpha2Tests>(nameof(V1Alpha2Tests.ListsOfStats_OfWhatIsNotThere_AreEmpty))),
        new(s_v1, "RuntimeService/StreamPodSandboxStats",
            Test<PodStatsTests>(nameof(PodStatsTests.ListAndStream_FilterAlike)), s_abandoned),

        new(s_v1, "RuntimeService/ListMetricDescriptors",
            Test<ChosenMetricTests>(nameof(ChosenMetricTests.OnlyWhatWasChosen_IsDescribedAndSampled)), s_noMessage),
        new(s_v1, "RuntimeService/ListPodSandboxMetrics",
            Test<MetricTests>(nameof(MetricTests.Values_AreTheContainersOwn)), s_noMessage),
        new(s_v1, "RuntimeService/StreamPodSandboxMetrics",
            Test<MetricTests>(nameof(MetricTests.Stream_HasThePodsOfTheList)), s_abandoned),

        new(s_v1, "RuntimeService/GetContainerEvents",
            Test<EventTests>(nameof(EventTests.LifeOfAPodAndItsContainer_IsToldToAllListeners)),
            Test<EventTests>(nameof(EventTests.ListenerThatDoesNotRead_IsCutOff_AndOthersHearOn))),
        new(s_v1, "RuntimeService/StreamPodSandboxes",
            Test<ListStreamTests>(nameof(ListStreamTests.Pods_AreStreamedAsListed)), s_abandoned),
        new(s_v1, "RuntimeService/StreamContainers",
            Test<ListStreamTests>(nameof(ListStreamTests.Containers_AreStreamedAsListed)), s_abandoned),
        new(s_v1, "ImageService/StreamImages",
            Test<ListStreamTests>(nameof(ListStreamTests.Images_AreStreamedAsListed)), s_abandoned),

        // The driver is the configuration's; the other one, systemd, is not on every host, and unit tests have it.
        new(s_v1, "RuntimeService/RuntimeConfig",
            Test<VersionAndStatusTests>(nameof(VersionAndStatusTests.RuntimeConfig_NamesTheCgroupDriver)), s_noMessage),

        new(s_v1, "RuntimeService/CheckpointContainer",
            Test<CheckpointContainerTests>(
                nameof(CheckpointContainerTests.Archive_HoldsWhatKubeletsToolsLookFor_AndTheContainerRunsOn)),
            Test<CheckpointContainerTests>(nameof(CheckpointContainerTests.BadLocations_AreRefused_AndNothingStops))),
        new(s_v1, "RuntimeService/CheckpointPod",
            Test<RestoreTests>(nameof(RestoreTests.Pod_CheckpointedAndRestored_WithAllItsContainers)),
            Test<RestoreTests>(nameof(RestoreTests.Pod_BadRequests_AreRefusedAndLeaveNoPod))),
        new(s_v1, "RuntimeService/RestorePod",
            Test<RestoreTests>(nameof(RestoreTests.Pod_CheckpointedAndRestored_WithAllItsContainers)),
            Test<RestoreTests>(nameof(RestoreTests.Pod_BadRequests_AreRefusedAndLeaveNoPod))),

        new(s_v1, "ImageService/ImageFsInfo", Test<ImageServiceTests>(
            nameof(ImageServiceTests.FsInfo_GrowsWithAPullAndShrinksWithARemoval)), s_noMessage),
        new(s_v1Alpha2, "ImageService/ImageFsInfo",
            Test<V1Alpha2Tests>(nameof(V1Alpha2Tests.ImageFsInfo_GrowsWithAPull)), s_noMessage),
        new(s_legacy, "ImageService/ImageFsInfo",
            Test<LaterLayoutTests>(nameof(LaterLayoutTests.ImageFsInfo_GrowsWithAPull)), s_noMessage),
    ];
}
