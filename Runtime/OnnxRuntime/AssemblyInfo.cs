using System.Runtime.CompilerServices;

[assembly: InternalsVisibleTo("VaeContent.Tests")]
[assembly: InternalsVisibleTo("VaeContent.Tests.Gpu")]
