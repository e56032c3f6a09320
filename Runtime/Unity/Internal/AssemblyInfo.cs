using System.Runtime.CompilerServices;

[assembly: InternalsVisibleTo("VaeContent.Editor")]
