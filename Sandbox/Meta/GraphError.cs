using System.Text.Json.Nodes;
using Assistify.Sandbox.StandIns;
using Assistify.Sandbox.Traffic;

namespace Assistify.Sandbox.Meta;

/// <summary>An error in the Graph API's own form.</summary>
internal sealed record GraphError(int Code, string Message, int Status = 400, int? Subcode = null, string? Details = null, string Type = "OAuthException")
{
    public static GraphError ParameterMissing(string name) => new(100, $"(#100) The parameter {name} is required.");

    public static GraphError Parameter(string message) => new(100, $"(#100) {message}");

    public static GraphError WrongToken { get; } = new(190, "Invalid OAuth access token - Cannot parse access token", 401);
    public static GraphError ExpiredToken { get; } = new(190, "Error validating access token: Session has expired", 401, 463);
    public static GraphError WrongProof { get; } = new(100, "Invalid appsecret_proof provided in the API argument", Type: "GraphMethodException");
    public static GraphError Unknown { get; } = new(1, "An unknown error occurred", 500);
    public static GraphError Unavailable { get; } = new(2, "(#2) Service temporarily unavailable", 503);

    public static GraphError NoObject(string id) => new(
        100, $"Unsupported post request. Object with ID '{id}' does not exist, cannot be loaded due to missing permissions, or does not support this operation",
        Subcode: 33, Type: "GraphMethodException");

    public Answer Answer()
    {
        var error = new JsonObject { ["message"] = Message, ["type"] = Type, ["code"] = Code };
        if (Details is not null) error["error_data"] = new JsonObject { ["messaging_product"] = "whatsapp", ["details"] = Details };
        if (Subcode is not null) error["error_subcode"] = Subcode;
        error["fbtrace_id"] = "A" + MadeUp.Letters(22);
        return Traffic.Answer.Json(Status, new JsonObject { ["error"] = error });
    }
}
