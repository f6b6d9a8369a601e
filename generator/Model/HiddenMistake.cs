using Microsoft.CodeAnalysis.Text;

namespace SyscallServer.Generator.Model;

/// <summary>
/// A mistake in a handler's declaration that C# refuses by itself (an instance method in a static class: CS0708; an async one: CS1988, CS4012). The compiler then ends before analyzers are heard, so that the
/// generator says it; and since it keeps its results, the place is said in plain values.
/// </summary>
internal sealed record HiddenMistake(string Method, string Mistake, string Path, TextSpan Span, LinePositionSpan Lines);
