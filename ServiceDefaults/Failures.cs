using System.IO;
using System.Net.Sockets;
using Npgsql;
using RabbitMQ.Client.Exceptions;

namespace Assistify.ServiceDefaults;

/// <summary>Tells failures that pass by themselves, and are repeated without limit, from those that count.</summary>
public static class Failures
{
    /// <summary>
    /// Whether a server we depend on cannot be reached, is starting or is shutting down. Timeouts and deadlocks of a server
    /// that answers are not meant: they may be the message's own fault, so they count.
    /// </summary>
    public static bool IsUnavailable(Exception exception) => exception switch
    {
        BrokerUnavailableException or ServerUnavailableException => true,
        // 57P01 to 57P03: shutting down, crashed, starting up; 53300: too many connections; 08xxx: connection failures; 58030: disk.
        PostgresException postgres => postgres.SqlState is "57P01" or "57P02" or "57P03" or "53300" or "58030"
            || postgres.SqlState.StartsWith("08", StringComparison.Ordinal),
        NpgsqlException { InnerException: TimeoutException } => false,
        NpgsqlException npgsql => npgsql.IsTransient || npgsql.InnerException is IOException or SocketException,
        BrokerUnreachableException or AlreadyClosedException or OperationInterruptedException => true,
        MassTransit.RabbitMqConnectionException or MassTransit.TransportUnavailableException => true,
        SocketException => true,
        AggregateException aggregate => aggregate.InnerExceptions.Any(IsUnavailable),
        _ => exception.InnerException is { } inner && IsUnavailable(inner),
    };

    /// <summary>A timeout or a deadlock: a reason to ask whether the server still answers on a fresh connection.</summary>
    public static bool IsDoubtful(Exception exception) => exception switch
    {
        TimeoutException or NpgsqlException { InnerException: TimeoutException } => true,
        PostgresException { SqlState: PostgresErrorCodes.DeadlockDetected or PostgresErrorCodes.SerializationFailure or PostgresErrorCodes.QueryCanceled } => true,
        _ => exception.InnerException is { } inner && IsDoubtful(inner),
    };
}

/// <summary>The broker did not confirm in time. The message may still arrive once.</summary>
public sealed class BrokerUnavailableException : Exception
{
    public BrokerUnavailableException() : base("The message broker did not confirm in time.")
    {
    }

    public BrokerUnavailableException(string message) : base(message)
    {
    }

    public BrokerUnavailableException(string message, Exception innerException) : base(message, innerException)
    {
    }
}

/// <summary>A server of another kind than the database and the broker cannot be had now; the same call may succeed later.</summary>
public sealed class ServerUnavailableException : Exception
{
    public ServerUnavailableException() : base("A server cannot be had now.")
    {
    }

    public ServerUnavailableException(string message) : base(message)
    {
    }

    public ServerUnavailableException(string message, Exception innerException) : base(message, innerException)
    {
    }
}
