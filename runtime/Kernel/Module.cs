// The engine writes every structure before the kernel reads it; to clear it first would be work for nothing.
[module: System.Runtime.CompilerServices.SkipLocalsInit]
