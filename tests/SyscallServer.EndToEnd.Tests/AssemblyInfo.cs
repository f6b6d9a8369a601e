using Xunit;

// The tests measure what processes do in their time, on a machine of two cores.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
