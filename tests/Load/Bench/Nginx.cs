using System.Diagnostics;
using System.Net.Sockets;
using Assistify.Load.Systems;

namespace Assistify.Load.Bench;

/// <summary>nginx (Debian package) as a plain proxy of the same service, for comparison.</summary>
internal sealed class Nginx : IAsyncDisposable
{
    private readonly Process _process;
    private readonly string _folder;

    private Nginx(Process process, string folder, Uri address)
    {
        _process = process;
        _folder = folder;
        Address = address;
    }

    public Uri Address { get; }

    public static async Task<Nginx> Start(Uri service, CancellationToken cancellationToken)
    {
        var folder = Directory.CreateTempSubdirectory("assistify-nginx-").FullName;
        var port = FreePort.Next();
        var configuration = Path.Combine(folder, "nginx.conf");
        await File.WriteAllTextAsync(configuration, $$"""
            {{(Environment.IsPrivilegedProcess ? "user root;" : "")}}
            worker_processes {{Environment.ProcessorCount}};
            pid {{folder}}/nginx.pid;
            error_log {{folder}}/error.log;
            events { worker_connections 1024; }
            http {
              access_log off;
              client_body_temp_path {{folder}}/body;
              proxy_temp_path {{folder}}/proxy;
              fastcgi_temp_path {{folder}}/fastcgi;
              uwsgi_temp_path {{folder}}/uwsgi;
              scgi_temp_path {{folder}}/scgi;
              keepalive_requests 1000000;
              upstream service { server {{service.Host}}:{{service.Port}}; keepalive 128; keepalive_requests 1000000; }
              server {
                listen 127.0.0.1:{{port}};
                location / { proxy_pass http://service; proxy_http_version 1.1; proxy_set_header Connection ""; proxy_set_header Host $host; }
              }
            }
            """, cancellationToken);
        // Debian keeps it where only root's path leads.
        var program = File.Exists("/usr/sbin/nginx") ? "/usr/sbin/nginx" : "nginx";
        var process = Process.Start(new ProcessStartInfo(program, ["-c", configuration, "-p", folder, "-g", "daemon off;"]) { RedirectStandardError = true })!;
        while (!Answers(port))
        {
            if (process.HasExited) throw new InvalidOperationException($"nginx ended: {await process.StandardError.ReadToEndAsync(cancellationToken)}");
            await Task.Delay(20, cancellationToken);
        }

        return new Nginx(process, folder, new Uri($"http://127.0.0.1:{port}"));
    }

    public async ValueTask DisposeAsync()
    {
        Signals.Terminate(_process.Id);
        await _process.WaitForExitAsync();
        _process.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private static bool Answers(int port)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.Connect("127.0.0.1", port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
