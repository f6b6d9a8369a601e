namespace SyscallServer.Tasks.Image;

/// <summary>The step that tells what is wrong with an image before anything is compiled for it.</summary>
public sealed class CheckImage : ImageTask
{
    /// <inheritdoc/>
    public override bool Execute() => Describe() is not null;
}
