// The generator compiles some files of the runtime too. So all of it has an alias, and a type that both have is the runtime's.
extern alias Generator;

global using Generator::SyscallServer.Generator;
global using Generator::SyscallServer.Generator.Diagnostics;
global using Generator::SyscallServer.Generator.Emit;
global using Generator::SyscallServer.Generator.Model;
global using Generator::SyscallServer.Generator.Parse;
global using Generator::SyscallServer.Generator.Parse.Attributes;
global using Generator::SyscallServer.Generator.Plan;
