using System.Runtime.CompilerServices;

// An attribute rather than a project item: Unity compiles this assembly from VaeContent.asmdef and never sees the project file.
[assembly: InternalsVisibleTo("VaeContent.OnnxRuntime")]
[assembly: InternalsVisibleTo("VaeContent.Trainer")]
[assembly: InternalsVisibleTo("VaeContent.Tests")]
[assembly: InternalsVisibleTo("VaeContent.Tests.Gpu")]
[assembly: InternalsVisibleTo("VaeContent.Tests.Bundles")]
