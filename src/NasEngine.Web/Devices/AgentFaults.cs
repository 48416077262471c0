using Microsoft.AspNetCore.Http;
using NasEngine.Core.Devices.Remote;
using NasEngine.Core.Errors;

namespace NasEngine.Web.Devices;

/// <summary>Answers the errors that agents know how to handle with the status that they look for.</summary>
internal static class AgentFaults
{
    public static async ValueTask<object?> AnswerAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        try
        {
            return await next(context).ConfigureAwait(false);
        }
        catch (DeviceSessionEndedException problem)
        {
            return TypedResults.Problem(problem.Message, statusCode: StatusCodes.Status410Gone);
        }
        catch (DeviceNameTakenException problem)
        {
            return TypedResults.Problem(problem.Message, statusCode: StatusCodes.Status409Conflict);
        }
        catch (Exception problem) when (problem is InputFormatException or UsageException)
        {
            return TypedResults.Problem(problem.Message, statusCode: StatusCodes.Status400BadRequest);
        }
    }
}
