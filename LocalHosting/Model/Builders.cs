using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;

namespace Aspire.Hosting.ApplicationModel
{
    /// <summary>Adds to one resource of the model.</summary>
    public interface IResourceBuilder<out T> where T : IResource
    {
        /// <summary>The model's builder.</summary>
        IDistributedApplicationBuilder ApplicationBuilder { get; }

        /// <summary>The resource.</summary>
        T Resource { get; }
    }
}

namespace Aspire.Hosting
{
    /// <summary>Collects the model of the system.</summary>
    public interface IDistributedApplicationBuilder
    {
        /// <summary>Configuration of the host itself: environment variables and command line.</summary>
        ConfigurationManager Configuration { get; }

        /// <summary>Which profile runs.</summary>
        IHostEnvironment Environment { get; }

        /// <summary>The folder of the host's project; relative project paths start there.</summary>
        string AppHostDirectory { get; }

        /// <summary>The finished application.</summary>
        DistributedApplication Build();
    }
}
