// Torch counts tensors and sets threads for the whole process; tests that look at either must run alone.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
