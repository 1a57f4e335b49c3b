using Crisp.Errors;
using Google.Protobuf;
using Grpc.Core;
using Grpc.Reflection.V1;
using Asked = Grpc.Reflection.V1.ServerReflectionRequest.MessageRequestOneofCase;

namespace Crisp.Cri.Reflection;

/// <summary>
/// gRPC server reflection, by which grpcurl and its like know the daemon's services without their .proto files. What is
/// not known is an answer of its own, not the end of the stream.
/// </summary>
internal sealed class ReflectionService : ServerReflection.ServerReflectionBase
{
    public override async Task ServerReflectionInfo(
        IAsyncStreamReader<ServerReflectionRequest> requestStream,
        IServerStreamWriter<ServerReflectionResponse> responseStream,
        ServerCallContext context)
    {
        var apis = ApiDescriptors.Load();
        while (await requestStream.MoveNext(context.CancellationToken))
            await responseStream.WriteAsync(Answer(requestStream.Current, apis), context.CancellationToken);
    }

    private static ServerReflectionResponse Answer(ServerReflectionRequest request, ApiDescriptors apis)
    {
        var response = new ServerReflectionResponse { ValidHost = request.Host, OriginalRequest = request };
        try
        {
            Fill(response, request, apis);
        }
        catch (CrispException unknown)
        {
            var status = RpcErrors.ToRpc(unknown, deadlinePassed: false).Status;
            response.ErrorResponse =
                new ErrorResponse { ErrorCode = (int)status.StatusCode, ErrorMessage = status.Detail };
        }
        return response;
    }

    private static void Fill(ServerReflectionResponse response, ServerReflectionRequest request, ApiDescriptors apis)
    {
        switch (request.MessageRequestCase)
        {
            case Asked.ListServices:
                var services = apis.Services.Order(StringComparer.Ordinal).Select(
                    name => new ServiceResponse { Name = name });
                response.ListServicesResponse = new ListServiceResponse { Service = { services } };
                break;
            case Asked.FileByFilename:
                response.FileDescriptorResponse = Found(
                    apis.File(request.FileByFilename), "file", request.FileByFilename);
                break;
            case Asked.FileContainingSymbol:
                response.FileDescriptorResponse =
                    Found(apis.Declaring(request.FileContainingSymbol), "symbol", request.FileContainingSymbol);
                break;
            case Asked.AllExtensionNumbersOfType when apis.IsMessage(request.AllExtensionNumbersOfType):
                response.AllExtensionNumbersResponse =
                    new ExtensionNumberResponse { BaseTypeName = request.AllExtensionNumbersOfType };
                break;
            case Asked.AllExtensionNumbersOfType:
                throw CrispException.NotFound("message", request.AllExtensionNumbersOfType);
            case Asked.FileContainingExtension:
                throw CrispException.NotFound("extension of", request.FileContainingExtension.ContainingType);
            default:
                throw CrispException.InvalidArgument("message_request", "is missing");
        }
    }

    /// <summary>No file imports another one, so each is complete by itself.</summary>
    private static FileDescriptorResponse Found(IMessage? file, string what, string name) =>
        file is null ? throw CrispException.NotFound(what, name)
            : new FileDescriptorResponse { FileDescriptorProto = { file.ToByteString() } };
}
