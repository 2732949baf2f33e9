namespace ClusterML.Cli;

/// <summary>The exit codes that users and scripts rely on.</summary>
internal static class ExitCodes
{
    public const int Done = 0;
    public const int Failed = 1;
    public const int WrongUsage = 2;
    public const int InvalidConfig = 3;
    public const int DataCheckFailed = 4;
    public const int VerificationMismatch = 5;
    public const int BudgetUsedUp = 75;
    public const int Interrupted = 130;
    public const int Terminated = 143;
}
