using Xunit.Sdk;
using Xunit.v3;

// Each test is a process that may use every core: one at a time, or time-outs would measure the machine.
[assembly: Parallelization(Mode = ParallelMode.None)]
